import { after, before } from 'node:test'
import { type LibraryName, libraries } from '../../pages/front-end-libraries.ts'
import { testLibraryFailures } from '../fixtures/browser/library-failures.ts'
import { type LibraryStage, openLibraryStage } from '../fixtures/browser/library-stage.ts'

let stage: LibraryStage
before(async () => {
  stage = await openLibraryStage()
})
after(() => stage.close())

testLibraryFailures(() => stage, Object.keys(libraries) as LibraryName[])
