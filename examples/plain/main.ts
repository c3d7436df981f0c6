import '../example.css'
import * as library from '../libraries/oauth4webapi.ts'

const findFirst = (selector: string) =>
  document.querySelector<HTMLElement>(selector) ?? document.body
const button = (id: string) => findFirst(`#${id}`) as HTMLButtonElement

/** Tells what is being done, and how it ended; gives whether it ended well. */
async function perform(name: string, step: () => Promise<unknown>): Promise<boolean> {
  findFirst('[role=alert]').hidden = true
  findFirst('[role=status]').textContent = `${name} …`
  return step().then(
    (result) => {
      findFirst('[role=status]').textContent = `${name}: done`
      findFirst('pre').textContent = JSON.stringify(result, null, 2) ?? ''
      return true
    },
    async (thrown: unknown) => {
      findFirst('[role=status]').textContent = `${name}: failed`
      await showFailure(thrown)
      return false
    },
  )
}

/** The words of the proxy are for the developer; a user is better told what to do next. */
async function showFailure(thrown: unknown): Promise<void> {
  const said = await library.explain(thrown)
  const { error, description, page } = said ?? { error: 'no answer', description: String(thrown) }
  const code = document.createElement('strong')
  code.textContent = error
  const link = document.createElement('a')
  link.textContent = 'What it means'
  link.href = typeof page === 'string' ? page : ''
  link.hidden = page === undefined
  findFirst('[role=alert]').replaceChildren(code, ` ${description} `, link)
  findFirst('[role=alert]').hidden = false
}

function showSignedIn(isSignedIn: boolean): void {
  button('sign-in').disabled = isSignedIn
  for (const id of ['call', 'refresh', 'sign-out']) button(id).disabled = !isSignedIn
}

button('sign-in').onclick = () => perform('Sign in', library.signIn)
button('call').onclick = () => perform('Call the API', library.callApi)
button('refresh').onclick = () => perform('Refresh', async () => void (await library.refresh()))
button('sign-out').onclick = () => perform('Sign out', library.signOut)

if (location.pathname === '/callback') {
  const isSignedIn = await perform('Sign in', async () => void (await library.finishSignIn()))
  showSignedIn(isSignedIn)
  if (isSignedIn) findFirst('[role=status]').textContent = 'Signed in'
  // The code has no place in the address bar any more.
  history.replaceState(null, '', '/')
}
