import type { Plugin } from 'esbuild'

/**
 * Gives the bundles the modules of Node.js without their ES module form. To make that form, Node.js reads
 * every property of a module, and some properties load a part of Node.js when they are read: those of
 * `node:http` load all of `fetch`, and those of `node:process` open the standard streams.
 */
export const builtinModules: Plugin = {
  name: 'builtin-modules',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'builtin' } : { path, external: true },
    )
    onLoad({ filter: /^/, namespace: 'builtin' }, async ({ path }) => ({
      contents: toModule(path, Object.keys(await import(path))),
    }))
  },
}

/** Each name is read only where something imports it: esbuild leaves the calls that are marked as pure out. */
function toModule(path: string, names: readonly string[]): string {
  // Private names are not the same in every process that builds, and the name of a bundle depends on them.
  const others = names.filter((name) => !/^(?:default|module\.exports|_.*)$/.test(name))
  return [
    `const $builtin = /* @__PURE__ */ process.getBuiltinModule('${path}')`,
    'const $read = (name) => $builtin[name]',
    'export default $builtin',
    ...others.map((name) => `export const ${name} = /* @__PURE__ */ $read('${name}')`),
  ].join('\n')
}
