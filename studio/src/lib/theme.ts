import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** Every shade of a Mantine colour is the one token: which of the two themes holds, the token knows. */
const oneTone = (token: string) => Array.from({ length: 10 }, () => `var(${token})`) as unknown as MantineColorsTuple

export const theme = createTheme({
  primaryColor: 'run',
  colors: { run: oneTone('--run-fill'), clear: oneTone('--clear-fill'), held: oneTone('--held-fill'), stop: oneTone('--stop-fill') },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'var(--r-m)',
  fontSizes: { xs: 'var(--t-body)', sm: 'var(--t-body)', md: 'var(--t-read)', lg: 'var(--t-title)', xl: 'var(--t-page)' },
  spacing: { xs: 'var(--s2)', sm: 'var(--s3)', md: 'var(--s4)', lg: 'var(--s5)', xl: 'var(--s6)' },
  headings: { fontWeight: 'var(--w-strong)' },
  respectReducedMotion: true,
  components: {
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { transitionProps: { duration: 0 } } } },
    Autocomplete: { defaultProps: { size: 'xs', comboboxProps: { transitionProps: { duration: 0 } } } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm', color: 'clear', withThumbIndicator: false } },
    Menu: { defaultProps: { shadow: 'none', transitionProps: { duration: 0 } } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false } },
    Modal: { defaultProps: { transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.4 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 0 } } },
  },
})

const names: Record<string, string> = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-error': 'var(--stop)',
  '--mantine-color-anchor': 'var(--run)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--control)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-white': 'var(--on-fill)',
  '--mantine-font-size-xs': 'var(--t-body)',
  '--mantine-line-height': '1.45',
  '--mantine-shadow-md': 'var(--shadow)',
  '--input-height-xs': 'var(--hit)',
}

/** Gives Mantine's variables the values of tokens.css, the same in both themes. */
export const tokensToMantine: CSSVariablesResolver = () => ({
  variables: names,
  light: names,
  dark: names,
})
