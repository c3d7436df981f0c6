const widthInCharacters = 40

/** Shows on a terminal how much is done; elsewhere it shows nothing. */
export function showProgress(share: number): void {
  const { stderr } = process
  if (!stderr.isTTY) return
  const done = Math.round(share * widthInCharacters)
  const bar = '█'.repeat(done) + '░'.repeat(widthInCharacters - done)
  stderr.write(`\r${bar} ${Math.floor(share * 100)} %${share < 1 ? '' : '\n'}`)
}
