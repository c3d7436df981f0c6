import { toDiagnosis } from '../../core/diagnosis/diagnosis.ts'
import type { InputWith } from '../../core/diagnosis/input.ts'

const diagnose = ({ failure }: InputWith<'client' | 'pool'>) => failure

toDiagnosis({ reads: ['client', 'pool'], diagnose })
toDiagnosis({ reads: ['client'], readsThen: () => ['pool'] as const, diagnose })
// @ts-expect-error: a part that is looked at and never read
toDiagnosis({ reads: ['client'], diagnose })
// @ts-expect-error: a call for another part than the one that is looked at
toDiagnosis({ reads: ['client'], readsThen: () => ['domain'] as const, diagnose })
// @ts-expect-error: a part that there is none of
toDiagnosis({ reads: ['client', 'pool', 'triggers'], diagnose })
