export { decideListings } from "./listing";
export { priorityCents, priorityParameters } from "./priority";
export { scoreAccounts } from "./score-accounts";
