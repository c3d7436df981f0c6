import { createRoot } from 'react-dom/client'
import '../example.css'
import { Session, SignedInApp } from '../libraries/react-oidc-context.tsx'

createRoot(document.getElementById('root') ?? document.body).render(
  <SignedInApp>
    <h1>Sign in through the token proxy</h1>
    <Session />
  </SignedInApp>,
)
