const TENANTS = ["111122223333", "222233334444", "333344445555"];

/** Tests of a push, with the token's permissions stated in every second one. */
export const checkingWorkflow = (n: number): string => `name: ci
on:
  push: { branches: [main] }
  pull_request:
${n % 2 === 0 ? "permissions: { contents: read }\n" : ""}jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: make test
`;

/** A release without a cloud. */
export const releasingWorkflow = (environment: string | undefined): string => `name: release
on:
  push: { tags: ["v*"] }
permissions: { contents: write }
jobs:
  publish:
    runs-on: ubuntu-latest
${environment === undefined ? "" : `    environment: ${environment}\n`}    steps:
      - uses: actions/checkout@v4
      - run: make publish
        env: { TOKEN: "\${{ secrets.PUBLISH_TOKEN }}" }
`;

/** A deployment that becomes a role in AWS. */
export const deployingWorkflow = (n: number, repository: string, environment: string | undefined): string =>
  `name: deploy
on:
  push: { branches: [main] }
permissions: { contents: read }
jobs:
  deploy:
    runs-on: ubuntu-latest
    permissions: { contents: read, id-token: write }
${environment === undefined ? "" : `    environment: ${environment}\n`}    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: arn:aws:iam::${TENANTS[n % TENANTS.length]}:role/deploy-${repository.split("/")[1]}
          aws-region: ${n % 3 === 0 ? "${{ vars.AWS_REGION }}" : "eu-west-1"}
      - run: make deploy
`;
