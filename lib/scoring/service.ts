export { decideListings } from "./listing";
export { bandOf, priorityCents, priorityParameters } from "./priority";
export { type ScoringOutcome, scoreAccounts } from "./score-accounts";
