import { QueryClient } from '@tanstack/react-query'
import { SignalboxApiError } from '#sdk/client'

/** What was read stays until an event says otherwise; a refusal is not asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && !(error instanceof SignalboxApiError && error.status >= 400 && error.status < 500),
    },
    mutations: { retry: false },
  },
})
