import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { buildFunctions } from './build.ts'
import { buildCanary } from './build-canary.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { constructFolder, writeConstructPackage } from './construct-package.ts'

readCommandLine(commands.cdk)
await Promise.all([buildFunctions(), buildCanary()])
await writeConstructPackage(constructFolder)
const folder = dirname(constructFolder)
const flags = ['--pack-destination', folder, '--silent']
const packed = execFileSync('npm', ['pack', constructFolder, ...flags], { encoding: 'utf8' })
console.log(`packed ${join('dist', packed.trim())}: install it in your app with npm install FILE`)
