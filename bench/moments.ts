import { startOfDay } from "@/lib/calendar/weeks";
import { DEFAULT_SETTINGS } from "@/lib/settings/contract";

/** Fixed, so that two runs measure the same work. A Monday: the day after the last day of data in every world. */
export const UNTIL = startOfDay("2026-06-01", DEFAULT_SETTINGS.zone);
/** When the week's data is known and its jobs may run. */
export const NOW = new Date(UNTIL.getTime() + (DEFAULT_SETTINGS.dataCutoffHours + 1) * 3_600_000);
export const SEED = 20_261_122;
