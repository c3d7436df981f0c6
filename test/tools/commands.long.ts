import { commands } from '../../tools/commands.ts'
import { testRunCommands } from '../fixtures/tools/run-commands.ts'

testRunCommands(Object.keys(commands) as (keyof typeof commands)[])
