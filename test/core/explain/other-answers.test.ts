import { otherAnswers } from '../../../core/explain/other-answers.ts'
import { testWordings } from '../../fixtures/core/wording-table.ts'

testWordings(otherAnswers, [
  ['PreTokenGeneration failed with error invalid_client.', 'trigger_failed'],
  ['UserMigration failed with error x', 'trigger_failed'],
  ['{"__type":"TooManyRequestsException","message":"Too many requests"}', 'rate_exceeded'],
  ['Request failed with status code 429', 'rate_exceeded'],
  ['AxiosError: Request failed with status code 403', 'forbidden'],
  ['ERROR: The request could not be satisfied', 'forbidden'],
  ['POST https://demo/oauth2/token 405 (Method Not Allowed)', 'method_refused'],
  ['HTTP/2 301', 'redirected'],
  ['405', 'method_refused'],
  ['POST https://demo/oauth2/token\n403 \n', 'forbidden'],
  ['302', 'redirected'],
  ['curl: (6) Could not resolve host: demo', 'not_found'],
  ['TypeError: Failed to fetch', 'cors'],
  ['TypeError: Load failed', 'cors'],
  ['AxiosError: Network Error', 'cors'],
  ['AxiosError: timeout of 5000ms exceeded', 'timed_out'],
  ['Error: socket hang up', 'connection_failed'],
  ['HTTP/1.1 503', 'server_error'],
  ['SyntaxError: Unexpected end of JSON input', 'not_json'],
])
