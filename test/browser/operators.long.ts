import { type SwitchName, switches } from '../../local/switches.ts'
import { testOperatorsPage } from '../fixtures/browser/operators-page.ts'

testOperatorsPage(Object.keys(switches) as SwitchName[])
