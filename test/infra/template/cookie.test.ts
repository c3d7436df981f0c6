// A stage whose client keeps its refresh token in a cookie.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleStage, toStage, toTemplateOf } from '../../fixtures/infra/template-of-stage.ts'

const [web, phone] = exampleStage.clients
const keySecret = 'token-proxy/dev/cookie-key'
const template = toTemplateOf(
  toStage('cookie', {
    ...exampleStage,
    clients: [{ ...web, origins: ['https://dev.example.com'], refreshToken: 'cookie' }, phone],
    publicUrl: 'https://login.dev.example.com',
    cookieKeySecret: keySecret,
  }),
)

const toText = (id: string) => JSON.stringify(template.Resources[id]?.Properties)

test('browsers may send cookies along, from the origins of the clients alone', () => {
  const { CorsConfiguration: cors } = { ...template.Resources['HttpApi']?.Properties }
  const { AllowCredentials, AllowOrigins } = { ...(cors as Readonly<Record<string, unknown>>) }
  assert.deepEqual([AllowCredentials, AllowOrigins], [true, ['https://dev.example.com']])
})

test('the key of the cookies is read by oauth2, which uses it, and by the doctor, which checks it', () => {
  for (const role of ['Oauth2Role', 'DoctorRole']) {
    assert.ok(toText(role).includes(`secret:${keySecret}-??????`), role)
  }
  assert.ok(!toText('MetadataRole').includes(keySecret))
})

test('the functions get the name of the key and the address, but no key', () => {
  const text = toText('Oauth2LambdaFunction')
  assert.ok(text.includes(`"TOKEN_PROXY_COOKIE_KEY_SECRET":"${keySecret}"`))
  assert.ok(text.includes('"TOKEN_PROXY_PUBLIC_URL":"https://login.dev.example.com"'))
})
