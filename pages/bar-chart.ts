/** One bar, with the middle half of its values as a line over its end. */
export interface ChartBar {
  readonly label: string
  readonly text: string
  readonly median: number
  readonly p25: number
  readonly p75: number
  readonly isOurs: boolean
}

const [labelWidth, barWidth, textWidth, rowHeight] = [130, 360, 170, 26]

/** Draws horizontal bars as SVG, in colours that can be read on light and on dark. */
export function toBarChart(title: string, bars: readonly ChartBar[]): string {
  const most = Math.max(...bars.map(({ p75 }) => p75))
  const toX = (value: number) => Math.round(labelWidth + (value / most) * barWidth)
  const [width, height] = [labelWidth + barWidth + textWidth, bars.length * rowHeight]
  const rows = bars.map((bar, index) => toRow(bar, index * rowHeight, toX))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="sans-serif" font-size="13">`,
    `<title>${toXml(title)}</title>`,
    ...rows,
    '</svg>\n',
  ].join('\n')
}

function toRow(bar: ChartBar, top: number, toX: (value: number) => number): string {
  const middle = top + rowHeight / 2
  const colour = bar.isOurs ? '#2563eb' : '#94a3b8'
  return [
    `<text x="${labelWidth - 8}" y="${middle + 4}" text-anchor="end" fill="#808080">${toXml(bar.label)}</text>`,
    `<rect x="${labelWidth}" y="${top + 4}" width="${toX(bar.median) - labelWidth}" height="${rowHeight - 8}" fill="${colour}"/>`,
    `<path d="M${toX(bar.p25)} ${middle}H${toX(bar.p75)}" stroke="#808080" stroke-width="2"/>`,
    `<text x="${toX(Math.max(bar.median, bar.p75)) + 8}" y="${middle + 4}" fill="#808080">${toXml(bar.text)}</text>`,
  ].join('\n')
}

function toXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
