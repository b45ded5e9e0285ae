import '@mantine/core/styles.layer.css'
import '#studio/lib/tokens.css'
import '#studio/lib/base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Sprite } from '#studio/components/sprite.tsx'
import { queryClient } from '#studio/lib/query-client.ts'
import { signInFromAddress } from '#studio/lib/session.ts'
import { theme, tokensToMantine } from '#studio/lib/theme.ts'
import { router } from './router.tsx'
import { MirrorTheme } from './mirror-theme.tsx'

/** The nonce that the server gave to this answer; Mantine's own style tag carries it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

// What locks scrolling under a dialog adds a style tag too, and looks for its nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce })

// A page that was open while the server was upgraded asks for parts that are gone; the new page has its own.
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('reloaded at') ?? 0)
  if (Date.now() - last < 10_000) return
  event.preventDefault()
  sessionStorage.setItem('reloaded at', String(Date.now()))
  location.reload()
})

async function start(): Promise<void> {
  await signInFromAddress()
  const root = document.getElementById('root')
  if (root === null) throw new Error('the page has no root')
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={tokensToMantine} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <MirrorTheme />
        <Sprite />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}

void start()
