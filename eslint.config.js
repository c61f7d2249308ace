// What the JavaScript is held to beyond its types (tsconfig.json) and its form (.prettierrc.json).
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".*/**", "static/vendor/**", "staticfiles/**", "var/**"] },
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
    // The page: names are never markup, the policy (CSP) lets no attribute carry code or style, a key
    // is what it writes and not where a keyboard has it, and window's short names are nobody's slip.
    files: ["static/js/**/*.js"],
    ignores: ["static/js/**/tests/**"],
    rules: {
      "no-alert": "error",
      "no-restricted-globals": [
        "error",
        ...["blur", "close", "event", "find", "focus", "frames", "length", "name", "open"],
        ...["origin", "parent", "print", "scroll", "status", "stop", "top"],
      ],
      "no-restricted-properties": [
        "error",
        { property: "keyCode", message: "A key is its `key`." },
        { property: "which", message: "A key is its `key`." },
        { property: "insertAdjacentHTML", message: "Names are never markup: `textContent`." },
        { object: "document", property: "write", message: "Names are never markup." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]",
          message: "Names are never markup: `textContent`, or a template's clone.",
        },
        {
          selector:
            "CallExpression[callee.property.name='setAttribute'] > Literal[value=/^(on|style$)/]",
          message: "The policy refuses it: a listener, a class.",
        },
        {
          selector:
            "CallExpression[callee.property.name='addEventListener'] > Literal[value='unload']",
          message: "Phones do not say it: `pagehide`.",
        },
      ],
    },
  },
  {
    files: ["static/js/tests/**/*.js", "**/*.mjs"],
    languageOptions: { globals: { ...globals.node } },
  },
];
