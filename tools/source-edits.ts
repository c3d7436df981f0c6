/** The list of partitions of AWS, as far as it is changed. */
interface Partitions {
  readonly partitions: readonly {
    readonly regionRegex: string
    readonly regions: Readonly<Record<string, unknown>>
  }[]
}

/** Leaves the Regions out that the pattern of their partition matches. */
export function withoutKnownRegions(source: string): string {
  const json = source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1)
  const info: Partitions = JSON.parse(json)
  const partitions = info.partitions.map((partition) => {
    const isKnown = RegExp(partition.regionRegex)
    const others = Object.keys(partition.regions).filter((region) => !isKnown.test(region))
    return { ...partition, regions: Object.fromEntries(others.map((region) => [region, {}])) }
  })
  return `export const partitionsInfo = ${JSON.stringify({ ...info, partitions })}`
}

/** Finds no trace in the environment. */
export function withoutTrace(source: string): string {
  const name = 'getXrayTraceDataFromEnv = () => {'
  return source.replace(name, `${name} return undefined`)
}

/** Makes the classes of errors by one function: they differ in their names and in whose fault they are. */
export function toShortErrors(source: string): string {
  const classes = source.matchAll(/class (\w+) extends __BaseException \{[^}]*\$fault = ("\w+")/g)
  const lines = [...classes].map(
    ([, name, fault]) => `export const ${name} = /* @__PURE__ */ make('${name}', ${fault})`,
  )
  return `import { SecretsManagerServiceException as Base } from './SecretsManagerServiceException'
    const make = (name, $fault) => class extends Base {
      constructor(given) { super({ name, $fault, ...given }) }
    }
    ${lines.join('\n')}`
}
