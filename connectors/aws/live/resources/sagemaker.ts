import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { each, rolesOf, tokenOf, type Place } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Notebook instances and domains, and the jobs that run now: one that ended runs as nothing any more. */
export const sagemaker = {
  service: "sagemaker",
  permissions: [
    "sagemaker:ListNotebookInstances",
    "sagemaker:DescribeNotebookInstance",
    "sagemaker:ListProcessingJobs",
    "sagemaker:DescribeProcessingJob",
    "sagemaker:ListTrainingJobs",
    "sagemaker:DescribeTrainingJob",
    "sagemaker:ListDomains",
    "sagemaker:DescribeDomain",
  ],
  types: {
    async "sagemaker:notebook-instance"(place) {
      const { sdk, client } = await opened(place);
      const notebooks = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.ListNotebookInstancesCommand({ NextToken }));
        return { items: answer.NotebookInstances ?? [], next: tokenOf(answer.NextToken) };
      });
      return each(place, "sagemaker:DescribeNotebookInstance", notebooks, async (notebook) => {
        const { NotebookInstanceName } = notebook;
        const { RoleArn } = await client.send(new sdk.DescribeNotebookInstanceCommand({ NotebookInstanceName }));
        return resource(notebook.NotebookInstanceArn, "sagemaker:notebook-instance", RoleArn);
      });
    },
    async "sagemaker:processing-job"(place) {
      const { sdk, client } = await opened(place);
      const jobs = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.ListProcessingJobsCommand({ NextToken, StatusEquals: "InProgress" }));
        return { items: answer.ProcessingJobSummaries ?? [], next: tokenOf(answer.NextToken) };
      });
      return each(place, "sagemaker:DescribeProcessingJob", jobs, async ({ ProcessingJobName, ProcessingJobArn }) => {
        const { RoleArn } = await client.send(new sdk.DescribeProcessingJobCommand({ ProcessingJobName }));
        return resource(ProcessingJobArn, "sagemaker:processing-job", RoleArn);
      });
    },
    async "sagemaker:training-job"(place) {
      const { sdk, client } = await opened(place);
      const jobs = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.ListTrainingJobsCommand({ NextToken, StatusEquals: "InProgress" }));
        return { items: answer.TrainingJobSummaries ?? [], next: tokenOf(answer.NextToken) };
      });
      return each(place, "sagemaker:DescribeTrainingJob", jobs, async ({ TrainingJobName, TrainingJobArn }) => {
        const { RoleArn } = await client.send(new sdk.DescribeTrainingJobCommand({ TrainingJobName }));
        return resource(TrainingJobArn, "sagemaker:training-job", RoleArn);
      });
    },
    async "sagemaker:domain"(place) {
      const { sdk, client } = await opened(place);
      const domains = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.ListDomainsCommand({ NextToken }));
        return { items: answer.Domains ?? [], next: tokenOf(answer.NextToken) };
      });
      return each(place, "sagemaker:DescribeDomain", domains, async ({ DomainId, DomainArn }) => {
        const answer = await client.send(new sdk.DescribeDomainCommand({ DomainId }));
        const { DefaultUserSettings, DefaultSpaceSettings } = answer;
        return resource(
          DomainArn,
          "sagemaker:domain",
          DefaultUserSettings?.ExecutionRole,
          DefaultSpaceSettings?.ExecutionRole,
        );
      });
    },
  },
} as const satisfies ServiceReads<RawResource>;

async function opened(place: Place) {
  const sdk = await import("@aws-sdk/client-sagemaker");
  return { sdk, client: place.client("sagemaker", (config) => new sdk.SageMakerClient(config)) };
}

const resource = (arn: string | undefined, type: string, ...roles: readonly (string | undefined)[]): RawResource => ({
  arn: arn ?? "",
  type,
  roleArns: rolesOf(...roles),
});
