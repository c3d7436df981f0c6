import { ResponseBodyError } from 'oauth4webapi'

export * from '../libraries/oauth4webapi.ts'

/** What the library itself has read. */
export const explain = (thrown: unknown) =>
  thrown instanceof ResponseBodyError
    ? { error: thrown.error, description: thrown.error_description, page: undefined }
    : undefined
