import { useMantineColorScheme } from '@mantine/core'
import { useLayoutEffect } from 'react'

/** Tells the tokens which theme was chosen; where none was, they follow the system. */
export function MirrorTheme() {
  const { colorScheme } = useMantineColorScheme()
  useLayoutEffect(() => {
    if (colorScheme === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = colorScheme
  }, [colorScheme])
  return null
}
