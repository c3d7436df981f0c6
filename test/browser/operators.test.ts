import { testOperatorsPage } from '../fixtures/browser/operators-page.ts'

// One that pages at once, one after several, one that strangers can provoke, and one without an alarm.
testOperatorsPage(['secret_mismatch', 'html_500', 'waf_page', 'refresh_expired'])
