import { type Judged, type Looked, type Remark, skip, stop, well } from './judged.ts'

/** Where a stack is. */
interface StackPlace {
  readonly stack: string
  readonly region: string
}

/** A stack, and what the operator types to remove it. */
export interface JudgedStack extends StackPlace {
  /** The state as CloudFormation calls it; undefined where there is no stack. */
  readonly status: Looked<string | undefined>
  readonly removal: string
}

/** Judges whether a stack is in a state in which it can be created or changed. */
export function judgeStack({ stack, region, status, removal }: JudgedStack): Judged {
  if (!status.ok) return skip(`the stack ${stack}`, status.error)
  const { value } = status
  if (value === undefined) return well
  if (value === 'ROLLBACK_COMPLETE' || value === 'ROLLBACK_FAILED') {
    return stop(
      `the first deployment of the stack ${stack} failed, and only its remains are left (${value})`,
      `They hold nothing. Remove them with ${removal}, then deploy again.`,
    )
  }
  if (value === 'REVIEW_IN_PROGRESS' || value === 'DELETE_FAILED') {
    return stop(
      `the stack ${stack} is half made or half deleted (${value})`,
      `Remove it with ${removal}, then deploy again.`,
    )
  }
  if (value === 'UPDATE_ROLLBACK_FAILED') {
    return stop(
      `the stack ${stack} could not be rolled back (${value})`,
      `Fix what its events name, then run aws cloudformation continue-update-rollback --region ${region} --stack-name ${stack}.`,
    )
  }
  if (value.endsWith('_IN_PROGRESS')) {
    return stop(
      `the stack ${stack} is being changed right now (${value})`,
      'Wait until that is over, then deploy again.',
    )
  }
  return well
}

/** What a deployment that stopped has left behind, and what to do next. */
export function toAftermath(
  status: string | undefined,
  { stack, region }: StackPlace,
  stageName: string,
): Remark {
  const redeploy = 'Deploy again after the fix.'
  if (status === undefined) return { says: `there is no stack ${stack}`, fix: redeploy }
  if (status === 'UPDATE_IN_PROGRESS' || status === 'CREATE_IN_PROGRESS') {
    const named = `--region ${region} --stack-name ${stack}`
    const isUpdate = status.startsWith('UPDATE')
    const cancel = ` To undo it, run aws cloudformation cancel-update-stack ${named}.`
    return {
      says: `CloudFormation goes on with the stack ${stack} without this command (${status})`,
      fix: `To wait for it, run aws cloudformation wait stack-${isUpdate ? 'update' : 'create'}-complete ${named}.${isUpdate ? cancel : ''}`,
    }
  }
  if (status === 'UPDATE_ROLLBACK_COMPLETE') {
    return { says: `the stack ${stack} is as it was before (${status})`, fix: redeploy }
  }
  const removal = `npx osls remove --stage ${stageName}`
  return (
    judgeStack({ stack, region, status: { ok: true, value: status }, removal }).problem ?? {
      says: `the stack ${stack} is whole and not being changed (${status})`,
      fix: 'Deploy again; what is done already is not done twice.',
    }
  )
}
