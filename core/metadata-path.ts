import {
  aboutPaths,
  documentPaths,
  redirectPaths,
  serverMetadataPath,
  toPathPattern,
} from './paths.ts'

const patterns = documentPaths.map((path) => ({
  isForOAuth: path.includes(serverMetadataPath),
  pattern: toPathPattern(path),
}))

/** A path of a document: which form of it is asked for, and whose. */
export interface DocumentPath {
  readonly isForOAuth: boolean
  /** The client whose own document is asked for; undefined for the one of all clients. */
  readonly name: string | undefined
}

/** Reads a path of a document; undefined where it is none. */
export function parseDocumentPath(path: string): DocumentPath | undefined {
  for (const { isForOAuth, pattern } of patterns) {
    const match = pattern.exec(path)
    if (match !== null) return { isForOAuth, name: match.groups?.['name'] }
  }
  return undefined
}

/** Whether a path is that of a document. */
export function isDocumentPath(path: string): boolean {
  return parseDocumentPath(path) !== undefined
}

/** Whether a path asks what this is, and whether its settings are usable. */
export function isAboutPath(path: string): boolean {
  return aboutPaths.some((known) => known === path)
}

/** Whether there is metadata at a path, for those who ask by another method; at `/` it is tokens they want. */
export function isMetadataPath(path: string): boolean {
  return path === '/health' || redirectPaths.some((known) => known === path) || isDocumentPath(path)
}
