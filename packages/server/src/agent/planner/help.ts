/** What is said where no pattern fits. */
export const HELP = `No language model is set up, so I go by patterns, and none fits that. What I can do:

- "Generate 20 rows with name, email, signup_date"
- "Generate 100 rows of template Customers"
- "Make a template from this: …" with CSV, JSON, DDL or OData metadata behind it
- "Make a template from table customers of connection Shop"
- "Push 50 rows of template Customers to customers of connection Shop"
- "Run scenario Nightly seeding"
- "Show run run_…"
- "List templates", "List connections", "List scenarios"

Each call is shown to you before it is made. For everything else set ANTHROPIC_API_KEY, or DATAMAKER_MODEL_URL with any endpoint that speaks the Messages API or OpenAI's chat completions (one on your own machine will do), and start the server again.`;
