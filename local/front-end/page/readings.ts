/** Formats a measured number as briefly as possible. */
export const toReading = (value: number): string => {
  if (Math.abs(value) >= 10_000) return `${Math.round(value / 1000)} k`
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return String(Math.round(value))
  return String(Number(value.toPrecision(2)))
}

/** Formats how long ago a minute of CloudWatch was. */
export const toMinutesAgo = (atMinutes: number): string =>
  atMinutes === 0 ? 'now' : `${Math.round(-atMinutes)} min ago`

/** Formats a short span of real time. */
export const toSeconds = (ms: number): string => {
  const seconds = ms / 1000
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}
