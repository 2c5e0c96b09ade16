import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import a11y from 'eslint-plugin-jsx-a11y-x';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const foundations = ['components', 'lib', 'config', 'theme'];
const features = ['exports', 'freshness', 'outstanding', 'payment-history', 'revenue', 'session'];

// What may not be imported from where: foundations know no feature, features know no other feature and no app.
const zones = [
  ...foundations.map((name) => ({
    target: `./src/${name}`,
    from: ['./src/features', './src/app'],
    message: 'components, lib, config and theme know nothing of features and app.',
  })),
  ...['lib', 'config', 'theme'].map((name) => ({
    target: `./src/${name}`,
    from: './src/components',
    message: 'lib, config and theme draw nothing.',
  })),
  ...features.map((name) => ({
    target: `./src/features/${name}`,
    from: ['./src/app', './src/features'],
    except: [`./${name}`, `../features/${name}`],
    message: 'A feature knows neither the app nor another feature; the app puts them together.',
  })),
];

export default defineConfig(
  globalIgnores(['dist', 'src/lib/api', 'playwright-report', 'test-results']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  hooks.configs.flat.recommended,
  a11y.configs.recommended,
  {
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } },
    },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/order': ['error', { alphabetize: { order: 'asc' }, 'newlines-between': 'never' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // TanStack Router redirects and aborts by throwing objects that are no errors.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: ['*.config.ts', 'eslint.config.js', 'e2e/support/set-up.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['e2e/**'],
    // Playwright calls the end of a fixture `use`, which is no hook.
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
);
