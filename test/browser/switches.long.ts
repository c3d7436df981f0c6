import { testDemoPage } from '../fixtures/browser/demo-page.ts'
import { brokenAttempts } from '../fixtures/browser/expectations.ts'

testDemoPage(brokenAttempts)
