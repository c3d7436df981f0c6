import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Makes a built folder hold exactly these files. They are replaced one by one and only where they changed, so
 * that a build disturbs no process that uses the folder.
 *
 * @param files the contents by the absolute path of each file
 */
export function replaceFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, contents] of files) replaceFile(folder, path, contents)
  for (const path of listFiles(folder)) {
    // Another build may have removed it a moment ago.
    if (!files.has(path)) rmSync(path, { force: true })
  }
}

/** Lists the files below a folder, each by its absolute path. */
export function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function replaceFile(folder: string, path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) {
    const now = new Date()
    utimesSync(path, now, now)
    return
  }
  mkdirSync(dirname(path), { recursive: true })
  const fresh = join(folder, '..', `.${basename(path)}.${process.pid}`)
  writeFileSync(fresh, contents)
  renameSync(fresh, path)
}
