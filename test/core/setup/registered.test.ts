import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeRegistered, toDriftNotes } from '../../../core/setup/registered.ts'
import { toEntries } from '../../../core/setup/stage-text.ts'
import { toSetup } from '../../fixtures/core/described-setup.ts'

const setup = toSetup({
  callbackUrls: [
    'https://shop.example.com/callback',
    'http://localhost:5173/callback',
    'http://127.0.0.1:8801/callback',
    'com.example.app:/callback',
    'https://*.example.com/',
  ],
})
const { clientId } = setup
const registered = setup.callbackUrls.slice(0, 4)

test('what a client has and its app client does not register is named, and the reverse', () => {
  const entry = {
    redirectUris: ['https://shop.example.com/callback', 'http://localhost:9999/callback'],
    logoutUris: ['https://old.example.com/'],
  }
  const notes = toDriftNotes(setup, entry)
  assert.equal(notes.length, 4)
  assert.match(notes[0] ?? '', /^redirectUris .* http:\/\/localhost:9999\/callback, .* sign-in/)
  assert.match(
    notes[1] ?? '',
    /^the app client registers http:\/\/localhost:5173\/callback and http:\/\/127/,
  )
  assert.match(notes[2] ?? '', /^logoutUris .* https:\/\/old\.example\.com\/, .* sign-out/)
  assert.match(notes[3] ?? '', /^the app client registers https:\/\/shop\.example\.com\/, /)
  for (const note of notes) assert.match(note, /--as-registered (?:drops|adds) it\.$/)
})

test('a client that has what its app client registers, or nothing at all, gets no note', () => {
  assert.deepEqual(toDriftNotes(setup, { redirectUris: registered }), [])
  assert.deepEqual(toDriftNotes(setup, {}), [])
})

test('a client takes the addresses that are registered now, and an origin goes with the last of its own', () => {
  const other = { clientId: 'other', redirectUris: ['https://other.example.com/'] }
  const stage = {
    region: 'eu-central-1',
    clients: [
      {
        clientId,
        origins: ['http://localhost:9999', 'https://shop.example.com', 'https://embed.example.com'],
        redirectUris: ['http://localhost:9999/callback', 'https://shop.example.com/callback'],
        logoutUris: ['https://old.example.com/'],
      },
      other,
    ],
  }
  const taken = takeRegistered(stage, setup)
  assert.equal(taken?.['region'], 'eu-central-1')
  assert.deepEqual(toEntries(taken), [
    {
      clientId,
      origins: ['https://shop.example.com', 'https://embed.example.com', 'http://localhost:5173'],
      redirectUris: registered,
      logoutUris: setup.logoutUrls,
    },
    other,
  ])
})

test('a list that a client does not have stays absent, and a stage that is not there, too', () => {
  assert.equal(takeRegistered(undefined, setup), undefined)
  const [entry] = toEntries(takeRegistered({ clients: [{ clientId }] }, setup))
  assert.deepEqual(entry, { clientId, origins: [] })
})
