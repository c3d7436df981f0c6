import { isBaseUrl } from '../../core/settings/addresses.ts'
import type { TextSyntax } from '../../core/settings/syntax.ts'

/** The syntaxes of what leads to the API from outside: names, certificates, zones. */
export const addressSyntaxes = {
  hostName: {
    pattern: /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*$/,
    check: (text) => isBaseUrl(`https://${text}`),
  },
  /** The functions take a base path of up to eight segments of these characters. */
  basePath: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){0,7}$/,
    // Below it, the shared documents would have the path of a client's own.
    check: (text) => !/^clients\//.test(text),
  },
  certificate: {
    pattern: /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]{1,64}$/,
  },
  hostedZone: { pattern: /^Z[A-Z0-9]{1,31}$/ },
} as const satisfies Readonly<Record<string, TextSyntax>>
