import {
  notRun,
  readmeCommands,
  runElsewhere,
  testReadmeCommands,
} from './fixtures/readme-commands.ts'

testReadmeCommands(
  readmeCommands.filter((command) => !(command in runElsewhere) && !(command in notRun)),
)
