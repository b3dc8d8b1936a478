/** The days that a company's week may begin on, with their ISO numbers. */
export const WEEK_STARTS = { monday: 1, saturday: 6, sunday: 7 } as const;
export type WeekStart = keyof typeof WEEK_STARTS;

export const WEEK_START_NAMES: Record<WeekStart, string> = {
  monday: "Monday",
  saturday: "Saturday",
  sunday: "Sunday",
};

/** By what a company's weeks are cut: its IANA zone, and the day that they begin on. Settings are one. */
export type WeekCalendar = { readonly zone: string; readonly weekStart: WeekStart };
