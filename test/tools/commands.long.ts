import { commands } from '../../tools/commands.ts'
import { testCommandsAsProcesses } from '../fixtures/tools/command-processes.ts'

testCommandsAsProcesses(Object.keys(commands) as (keyof typeof commands)[])
