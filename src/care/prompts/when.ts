// What "when" means, as the domain needs it; delivery/ knows how.
export type When = {
  /** The local day of an instant, like 2026-11-23. */
  localDay(at: Date, zone: string): string
  /** The local hour of an instant, 0 to 23. */
  localHour(at: Date, zone: string): number
  /** The instant of a wall-clock time on a local day; in a gap the first instant after it. */
  atLocal(day: string, time: string, zone: string): Date
  /** The instant itself, or the end of the quiet hours it falls into. */
  afterQuiet(at: Date, zone: string, quiet: { readonly from: string; readonly to: string } | undefined): Date
  /** The next instant of a five-part cron expression in a zone, after `after`; undefined when there is none. */
  nextRun(cron: string, zone: string, after: Date): Date | undefined
}
