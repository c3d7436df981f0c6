import { toPage } from '../../runbook/markdown.ts'
import { leastFields, optionFields, toExampleStage } from './example-stages.ts'
import { toOptionsTable } from './options-table.ts'
import { toPurposeTable } from './purposes.ts'
import { toAddressTable, toRouteTable } from './reach.ts'
import { type Resources, toResources } from './reviewed-stack.ts'
import { toGuestTable, toRoleTable } from './rights.ts'
import { toSafekeepingTable } from './safekeeping.ts'

/** Writes `docs/stack.md`: what the stack consists of and who may do what, for whoever reviews it. */
export function toStackPage(): string {
  const least = toResources(toExampleStage(leastFields))
  const most = toResources(toExampleStage({ ...leastFields, ...optionFields }))
  return `${toPage([
    '# What is in the stack, for a review',
    'Generated from the template, so it is what is deployed. Names are logical ids; REGION, ACCOUNT and STACK are filled in by AWS. [Deploy](deploy.md#what-the-stack-contains) says why each is there, and [SECURITY.md](../SECURITY.md) what is guaranteed.',
    '- [The default stage](#the-default-stage): one client, nothing else set.\n- [What each option adds](#what-each-option-adds)\n- [The stage with every option](#the-stage-with-every-option)',
    'In both, no user, group or access key is made, no role may do anything on `*` but what IAM knows no resource for, and no secret is part of a template, an environment or an output. The secrets and the user pool are not part of the stack. `npm run deploy` adds a private, encrypted bucket for its packages; the [other ways](deploy.md#other-ways-to-deploy) use a bucket of yours.',
    '## The default stage',
    ...toSections(least),
    '## What each option adds',
    'Each option alone, beside the default stage and the fields that it needs.',
    toOptionsTable(),
    '## The stage with every option',
    ...toSections(most),
  ])}\n`
}

function toSections(resources: Resources): readonly string[] {
  return [
    '### Resources',
    toPurposeTable(resources),
    '### What the roles may do',
    'Each row is one statement. There are no others.',
    toRoleTable(resources),
    '### Who else may do what',
    toGuestTable(resources),
    '### What is kept',
    toSafekeepingTable(resources),
    '### What the internet reaches',
    toAddressTable(resources),
    'Every other method and path is answered by API Gateway itself.',
    toRouteTable(resources),
  ]
}
