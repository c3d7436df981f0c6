import { type Answers, suggestAnswers } from '../core/setup/answers.ts'
import type { DescribedSetup } from '../core/setup/described-setup.ts'
import { type StageValue, toEntries } from '../core/setup/stage-text.ts'
import type { Questions } from './questions.ts'

/** What the flags of `npm run init` answer beforehand. */
export interface Given {
  readonly name?: string | undefined
  readonly domain?: string | undefined
  readonly issuer?: string | undefined
  readonly secretId?: string | undefined
  readonly origin?: readonly string[] | undefined
  readonly redirectUri?: readonly string[] | undefined
  readonly alarmEmail?: readonly string[] | undefined
}

/** The answers about the client, and who gets the alarms of the stage. */
export interface AllAnswers {
  readonly answers: Answers
  readonly alarmEmails: readonly string[]
}

/**
 * Asks what no flag answers, with what the user pool and the stage file suggest.
 *
 * @throws InputEnded
 */
export async function askAll(
  { ask }: Questions,
  given: Given,
  setup: DescribedSetup,
  stage: StageValue | undefined,
  stageName: string,
): Promise<AllAnswers> {
  const suggested = suggestAnswers(setup, toEntries(stage), stageName)
  const askList = async (question: string, list: readonly string[]) =>
    toItems(await ask(`${question}, separated by spaces`, list.join(' ')))
  const name = given.name ?? (await ask('alias of the client', suggested.name))
  const ofName = suggested.secretId.replace(`/${suggested.name}`, `/${name}`)
  const answers = {
    ...{ name, issuer: given.issuer },
    secretId: given.secretId ?? (await ask('name of its secret in Secrets Manager', ofName)),
    domain: given.domain ?? (await ask('address of the user pool domain', suggested.domain)),
    redirectUris: given.redirectUri ?? (await askList('redirect URIs', suggested.redirectUris)),
    origins:
      given.origin ??
      (await askList('origins that may call, none for a native app', suggested.origins)),
  }
  const emails = toTexts(stage?.['alarmEmails'])
  const alarmEmails =
    given.alarmEmail ?? (await askList('e-mail addresses that get the alarms', emails))
  return { answers, alarmEmails }
}

function toItems(line: string): readonly string[] {
  return line.split(/[\s,]+/).filter((item) => item !== '' && item !== 'none')
}

function toTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
