/** Where the SDK looks for one value of its configuration, as far as Lambda has such places. */
interface Sources<Value> {
  readonly environmentVariableSelector: (environment: NodeJS.ProcessEnv) => Value | undefined
  readonly default: Value | (() => Value | Promise<Value>)
}

/**
 * Reads one value of the SDK's configuration from the environment, else takes its default. The build puts
 * it in the place of the SDK's own loader, which also reads the profiles in a home folder: Lambda has none.
 */
export function loadConfig<Value>(sources: Sources<Value>): () => Promise<Value> {
  let loaded: Promise<Value> | undefined
  return () => {
    loaded ??= load(sources)
    return loaded
  }
}

async function load<Value>(sources: Sources<Value>): Promise<Value> {
  const found = findSet(sources)
  if (found !== undefined) return found
  const { default: byDefault } = sources
  return byDefault instanceof Function ? byDefault() : byDefault
}

/** A value that cannot be read, such as an empty one for a switch, counts as none: as by the SDK's own loader. */
function findSet<Value>(sources: Sources<Value>): Value | undefined {
  try {
    return sources.environmentVariableSelector(process.env)
  } catch {
    return undefined
  }
}
