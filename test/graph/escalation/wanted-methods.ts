/**
 * Every method that has to be declared, with the actions it needs, by what it is about: id, then actions. Written down from the lists of
 * pathfinding.cloud (Apache-2.0; ids without `lw-`), Rhino Security Labs' numbered methods and AWS's documentation.
 */
const WANTED: Readonly<Record<string, string>> = {
  "what the actor holds itself": `
    iam-001  iam:CreatePolicyVersion
    lw-iam-set-default-policy-version  iam:SetDefaultPolicyVersion
    iam-005  iam:PutRolePolicy
    iam-007  iam:PutUserPolicy
    iam-008  iam:AttachUserPolicy
    iam-009  iam:AttachRolePolicy
    iam-010  iam:AttachGroupPolicy
    iam-011  iam:PutGroupPolicy
    iam-013  iam:AddUserToGroup
    iam-022  iam:DeleteUserPermissionsBoundary
    lw-iam-delete-role-boundary  iam:DeleteRolePermissionsBoundary
    iam-024  iam:PutUserPermissionsBoundary
    lw-iam-put-role-boundary  iam:PutRolePermissionsBoundary
    iam-025  iam:DetachUserPolicy
    iam-026  iam:DeleteUserPolicy
    lw-iam-detach-role-policy  iam:DetachRolePolicy
    lw-iam-delete-role-policy  iam:DeleteRolePolicy`,
  "other principals": `
    iam-002  iam:CreateAccessKey
    iam-003  iam:DeleteAccessKey iam:CreateAccessKey
    iam-004  iam:CreateLoginProfile
    iam-006  iam:UpdateLoginProfile
    iam-012  iam:UpdateAssumeRolePolicy
    iam-014  iam:AttachRolePolicy sts:AssumeRole
    iam-015  iam:AttachUserPolicy iam:CreateAccessKey
    iam-016  iam:CreatePolicyVersion sts:AssumeRole
    iam-017  iam:PutRolePolicy sts:AssumeRole
    iam-018  iam:PutUserPolicy iam:CreateAccessKey
    iam-019  iam:AttachRolePolicy iam:UpdateAssumeRolePolicy
    iam-020  iam:CreatePolicyVersion iam:UpdateAssumeRolePolicy
    iam-021  iam:PutRolePolicy iam:UpdateAssumeRolePolicy
    iam-023  iam:DeleteRolePermissionsBoundary sts:AssumeRole
    lw-iam-put-role-boundary-assume  iam:PutRolePermissionsBoundary sts:AssumeRole
    sts-001  sts:AssumeRole
    sso-001  sso:CreatePermissionSet sso:AttachManagedPolicyToPermissionSet sso:CreateAccountAssignment
    sso-002  sso:AttachManagedPolicyToPermissionSet
    sso-003  sso:PutInlinePolicyToPermissionSet
    cognitoidentity-001  iam:PassRole cognito-identity:SetIdentityPoolRoles`,
  "credentials and identity providers": `
    lw-iam-create-saml-provider  iam:CreateSAMLProvider
    lw-iam-update-saml-provider  iam:UpdateSAMLProvider
    lw-iam-create-oidc-provider  iam:CreateOpenIDConnectProvider
    lw-iam-add-oidc-client  iam:AddClientIDToOpenIDConnectProvider
    lw-iam-update-oidc-thumbprint  iam:UpdateOpenIDConnectProviderThumbprint
    lw-iam-deactivate-mfa-create-login  iam:DeactivateMFADevice iam:CreateLoginProfile
    lw-iam-deactivate-mfa-update-login  iam:DeactivateMFADevice iam:UpdateLoginProfile
    lw-iam-create-service-credential  iam:CreateServiceSpecificCredential
    lw-iam-upload-ssh-key  iam:UploadSSHPublicKey
    lw-iam-reactivate-access-key  iam:UpdateAccessKey`,
  "a passed role": `
    apprunner-001  iam:PassRole apprunner:CreateService
    batch-001  iam:PassRole batch:RegisterJobDefinition batch:SubmitJob
    batch-003  iam:PassRole batch:CreateComputeEnvironment batch:CreateJobQueue batch:RegisterJobDefinition batch:SubmitJob
    bedrock-001  iam:PassRole bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter
    bedrock-003  iam:PassRole bedrock-agentcore:CreateAgentRuntime bedrock-agentcore:CreateAgentRuntimeEndpoint bedrock-agentcore:CreateWorkloadIdentity bedrock-agentcore:InvokeAgentRuntimeCommand
    bedrock-005  iam:PassRole bedrock-agentcore:CreateHarness bedrock-agentcore:CreateAgentRuntime bedrock-agentcore:CreateAgentRuntimeEndpoint bedrock-agentcore:CreateWorkloadIdentity bedrock-agentcore:GetAgentRuntime bedrock-agentcore:GetHarness bedrock-agentcore:InvokeAgentRuntimeCommand
    bedrock-006  iam:PassRole bedrock-agentcore:CreateBrowser bedrock-agentcore:StartBrowserSession bedrock-agentcore:ConnectBrowserAutomationStream
    braket-001  iam:PassRole braket:CreateJob
    cloudformation-001  iam:PassRole cloudformation:CreateStack
    cloudformation-003  iam:PassRole cloudformation:CreateStackSet cloudformation:CreateStackInstances
    lw-cloudformation-change-set  iam:PassRole cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet
    codebuild-001  iam:PassRole codebuild:CreateProject codebuild:StartBuild
    codebuild-004  iam:PassRole codebuild:CreateProject codebuild:StartBuildBatch
    lw-codestar-create-project  iam:PassRole codestar:CreateProject
    lw-codestar-create-project-from-template  codestar:CreateProjectFromTemplate
    lw-codestar-associate-team-member  codestar:CreateProject codestar:AssociateTeamMember
    datapipeline-001  iam:PassRole datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline
    ec2-001  iam:PassRole ec2:RunInstances
    ec2-003  iam:PassRole ec2:RequestSpotInstances
    lw-ec2-associate-instance-profile  iam:PassRole ec2:AssociateIamInstanceProfile
    lw-ec2-replace-instance-profile  iam:PassRole ec2:ReplaceIamInstanceProfileAssociation
    lw-autoscaling-create-group  iam:PassRole autoscaling:CreateLaunchConfiguration autoscaling:CreateAutoScalingGroup
    lw-autoscaling-update-group  iam:PassRole autoscaling:CreateLaunchConfiguration autoscaling:UpdateAutoScalingGroup
    ecs-001  iam:PassRole ecs:CreateCluster ecs:RegisterTaskDefinition ecs:CreateService
    ecs-002  iam:PassRole ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask
    ecs-003  iam:PassRole ecs:RegisterTaskDefinition ecs:CreateService
    ecs-004  iam:PassRole ecs:RegisterTaskDefinition ecs:RunTask
    ecs-005  iam:PassRole ecs:RegisterTaskDefinition ecs:StartTask
    ecs-007  iam:PassRole ecs:RegisterContainerInstance ecs:StartTask
    ecs-008  iam:PassRole ecs:RunTask
    ecs-009  iam:PassRole ecs:StartTask
    emr-001  iam:PassRole iam:PassRole elasticmapreduce:RunJobFlow
    emrserverless-001  iam:PassRole emr-serverless:CreateApplication emr-serverless:StartJobRun
    gamelift-001  iam:PassRole gamelift:CreateBuild gamelift:RequestUploadCredentials gamelift:CreateFleet
    glue-001  iam:PassRole glue:CreateDevEndpoint
    glue-003  iam:PassRole glue:CreateJob glue:StartJobRun
    glue-004  iam:PassRole glue:CreateJob glue:CreateTrigger
    glue-005  iam:PassRole glue:UpdateJob glue:StartJobRun
    glue-006  iam:PassRole glue:UpdateJob glue:CreateTrigger
    glue-007  iam:PassRole glue:CreateSession glue:RunStatement
    imagebuilder-001  iam:PassRole imagebuilder:CreateComponent imagebuilder:CreateImageRecipe imagebuilder:CreateInfrastructureConfiguration imagebuilder:CreateImage
    kinesisanalytics-001  iam:PassRole kinesisanalytics:CreateApplication kinesisanalytics:StartApplication
    lambda-001  iam:PassRole lambda:CreateFunction lambda:InvokeFunction
    lambda-002  iam:PassRole lambda:CreateFunction lambda:CreateEventSourceMapping
    lambda-006  iam:PassRole lambda:CreateFunction lambda:AddPermission
    omics-001  iam:PassRole omics:CreateWorkflow omics:StartRun
    sagemaker-001  iam:PassRole sagemaker:CreateNotebookInstance
    sagemaker-002  iam:PassRole sagemaker:CreateTrainingJob
    sagemaker-003  iam:PassRole sagemaker:CreateProcessingJob
    scheduler-001  iam:PassRole scheduler:CreateSchedule
    ssm-003  iam:PassRole ssm:CreateDocument ssm:StartAutomationExecution
    stepfunctions-001  iam:PassRole states:CreateStateMachine states:StartExecution
    cloudformation-004  iam:PassRole cloudformation:UpdateStackSet`,
  "what runs as a role already": `
    apprunner-002  apprunner:UpdateService
    batch-002  batch:SubmitJob
    bedrock-002  bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter
    bedrock-004  bedrock-agentcore:InvokeAgentRuntimeCommand
    bedrock-007  bedrock-agentcore:StartBrowserSession bedrock-agentcore:ConnectBrowserAutomationStream
    cloudformation-002  cloudformation:UpdateStack
    cloudformation-005  cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet
    codebuild-002  codebuild:StartBuild
    codebuild-003  codebuild:StartBuildBatch
    codedeploy-001  codedeploy:CreateDeployment codedeploy:RegisterApplicationRevision codedeploy:GetDeploymentConfig
    ec2-002  ec2:StopInstances ec2:ModifyInstanceAttribute ec2:StartInstances
    ec2-004  ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate
    ec2instanceconnect-003  ec2-instance-connect:SendSSHPublicKey
    ecs-006  ecs:ExecuteCommand ecs:DescribeTasks
    glue-002  glue:UpdateDevEndpoint
    lw-glue-run-statement  glue:RunStatement
    lambda-003  lambda:UpdateFunctionCode
    lambda-004  lambda:UpdateFunctionCode lambda:InvokeFunction
    lambda-005  lambda:UpdateFunctionCode lambda:AddPermission
    lw-lambda-update-function-configuration  lambda:UpdateFunctionConfiguration
    sagemaker-004  sagemaker:CreatePresignedNotebookInstanceUrl
    sagemaker-005  sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StopNotebookInstance sagemaker:UpdateNotebookInstance sagemaker:StartNotebookInstance
    ssm-001  ssm:StartSession
    ssm-002  ssm:SendCommand
    stepfunctions-002  states:UpdateStateMachine states:StartExecution`,
};

/** One line of the lists. */
export interface WantedMethod {
  readonly about: string;
  readonly id: string;
  readonly actions: readonly string[];
}

/** The lists, line by line. */
export const WANTED_METHODS: readonly WantedMethod[] = Object.entries(WANTED).flatMap(([about, lines]) =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [id = "", ...actions] = line.trim().split(/ +/);
      return { about, id, actions };
    }),
);

/** Ids that are no method of their own here, and the method that says the same. */
export const SAME_AS: Readonly<Record<string, string>> = {
  "sts-002": "sts-001",
  "sts-003": "sts-001",
  "sts-004": "iam-012",
  "ec2-005": "ec2-004",
};
