// What "when" means, as the domain needs it; delivery/ knows how.
export type When = {
  /** The local day of an instant, like 2026-11-23. */
  localDay(at: Date, zone: string): string
  /** The instant of a wall-clock time on a local day; in a gap the first instant after it. */
  atLocal(day: string, time: string, zone: string): Date
  /** The next instant of a five-part cron expression in a zone, after `after`; undefined when there is none. */
  nextRun(cron: string, zone: string, after: Date): Date | undefined
}
