import {
  judgeCallbackUrls,
  judgeClientSecret,
  judgeCodeFlow,
  judgeExistence,
  judgeHasSecret,
  judgeIdentityProviders,
  judgeOAuthSwitch,
  judgeRedirectUris,
  judgeRevocation,
  judgeScopes,
} from './app-client.ts'
import { toChangeCommand } from './command.ts'
import { judgeCookieKey } from './cookie-key.ts'
import { judgeClock, judgeDomainAnswer, judgeDomainName, judgeDomainOwner } from './domain.ts'
import { judgeEdge } from './edge.ts'
import { type Check, type CheckName, checkNames, type Findings, type Verdict } from './findings.ts'
import { toFixByFlags } from './fix-by-flags.ts'
import { judgeProbe } from './live-probe.ts'
import { judgeDevices, judgeRotation, judgeValidity } from './refresh.ts'
import { judgeSecretForm, judgeSecretReadable } from './secret.ts'
import { pass, reject } from './verdict.ts'

interface Row {
  readonly judge: (findings: Findings) => Verdict
  /** Checks that must pass first: without them this one cannot decide, or would only repeat the same fault. */
  readonly needs: readonly CheckName[]
}

const client = ['domain_owner', 'client_exists'] as const

const rows: Readonly<Record<CheckName, Row>> = {
  settings: { judge: () => pass('all valid'), needs: [] },
  secret_readable: { judge: judgeSecretReadable, needs: [] },
  secret_well_formed: { judge: judgeSecretForm, needs: ['secret_readable'] },
  domain_resolves: { judge: judgeDomainName, needs: [] },
  domain_answers: { judge: judgeDomainAnswer, needs: ['domain_resolves'] },
  domain_owner: { judge: judgeDomainOwner, needs: ['domain_resolves'] },
  client_exists: { judge: judgeExistence, needs: ['domain_owner'] },
  client_has_secret: { judge: judgeHasSecret, needs: client },
  client_secret: {
    judge: judgeClientSecret,
    needs: [...client, 'secret_readable', 'secret_well_formed', 'client_has_secret'],
  },
  code_flow: { judge: judgeCodeFlow, needs: client },
  oauth_enabled: { judge: judgeOAuthSwitch, needs: client },
  redirect_uris: { judge: judgeRedirectUris, needs: client },
  callback_urls: { judge: judgeCallbackUrls, needs: [...client, 'redirect_uris'] },
  scopes: { judge: judgeScopes, needs: client },
  identity_providers: { judge: judgeIdentityProviders, needs: client },
  revocation: { judge: judgeRevocation, needs: client },
  refresh_rotation: { judge: judgeRotation, needs: client },
  refresh_validity: { judge: judgeValidity, needs: client },
  device_tracking: { judge: judgeDevices, needs: client },
  cookie_key: { judge: judgeCookieKey, needs: [] },
  edge: { judge: judgeEdge, needs: [] },
  clock: { judge: judgeClock, needs: ['domain_answers'] },
  live_probe: {
    judge: judgeProbe,
    needs: [
      ...client,
      'secret_readable',
      'secret_well_formed',
      'domain_resolves',
      'domain_answers',
      'client_has_secret',
      'client_secret',
      'code_flow',
      'oauth_enabled',
      'redirect_uris',
    ],
  },
}

/** Verdicts that are known without judging, such as for what nobody asked. */
export type Told = { readonly [N in CheckName]?: Verdict | undefined }

const callAdvice =
  'The command contains every change that this app client needs. Run it once, with a current AWS CLI: Cognito resets every setting that an older CLI does not know.'

/**
 * Judges everything that was found out about a client. A fault is told once, at its root: what depends on
 * a failed check is skipped. What has to change about the app client is one call, the same for each check.
 *
 * @param told verdicts that take the place of judging
 */
export function judgeFindings(findings: Findings, told: Told = {}): readonly Check[] {
  const judged = judgeAll(findings, told)
  const changes = Object.assign({}, ...judged.map(({ change }) => change))
  return judged.map(({ change, needsOtherClient, ...check }) =>
    change === undefined
      ? check
      : {
          ...check,
          fix: `${check.fix} ${callAdvice}`,
          command: toChangeCommand(findings.client, changes),
        },
  )
}

function judgeAll(findings: Findings, told: Told): readonly (Verdict & Pick<Check, 'name'>)[] {
  const stopped = new Map<CheckName, CheckName>()
  return checkNames.map((name) => {
    const { judge, needs } = rows[name]
    const root = needs.map((one) => stopped.get(one)).find((one) => one !== undefined)
    if (root !== undefined) {
      stopped.set(name, root)
      return { name, ...toBlocked(root) }
    }
    const said = told[name] ?? judge(findings)
    const verdict = findings.isConfigured ? said : toFixByFlags(said)
    if (verdict.status === 'failed') stopped.set(name, name)
    if (verdict.needsOtherClient) stopped.set('client_exists', name)
    return { name, ...verdict }
  })
}

/** Whether the live probe can still tell something: no check that it builds on has failed. */
export function isProbeWanted(findings: Findings): boolean {
  const failed = new Set(
    judgeFindings(findings)
      .filter(({ status }) => status === 'failed')
      .map(({ name }) => name),
  )
  return !rows.live_probe.needs.some((name) => failed.has(name))
}

/** The checks where the settings were refused: every problem, and nothing that could be tried without. */
export function toRefusedChecks(problems: readonly string[]): readonly Check[] {
  return checkNames.map((name) =>
    name === 'settings'
      ? { name, ...reject('config_invalid', problems.join('; ')) }
      : { name, ...toBlocked('settings') },
  )
}

function toBlocked(root: CheckName): Omit<Check, 'name'> {
  return { status: 'skipped', found: `skipped until ${root.replaceAll('_', ' ')} is fixed` }
}
