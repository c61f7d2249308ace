// What the JavaScript is held to beyond its types (tsconfig.json) and its form (.prettierrc.json).
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".*/**", "static/vendor/**", "staticfiles/**"] },
  js.configs.recommended,
  {
    files: ["static/js/**/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "module",
      globals: {
        ...globals.browser,
        htmx: "readonly",
        Idiomorph: "readonly",
        LZString: "readonly",
      },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-console": "error",
      "no-throw-literal": "error",
      "no-self-compare": "error",
      "no-template-curly-in-string": "error",
      "array-callback-return": "error",
      "no-constructor-return": "error",
      "no-unmodified-loop-condition": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
    },
  },
  {
    files: ["static/js/tests/**/*.js", "**/*.mjs"],
    languageOptions: { globals: { ...globals.node } },
  },
];
