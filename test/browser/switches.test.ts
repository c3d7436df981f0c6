import { testDemoPage } from '../fixtures/browser/demo-page.ts'
import { attempts } from '../fixtures/browser/expectations.ts'

// One for each thing that the page says of a sign-in or a refresh.
testDemoPage([
  ...new Map(attempts.map((one) => [`${one[1].attempt}: ${one[1].title}`, one] as const)).values(),
])
