import { testDemoPage } from '../fixtures/browser/demo-page.ts'
import { attempts } from '../fixtures/browser/expectations.ts'

testDemoPage(attempts)
