import type { EscalationMethod } from "../method.ts";
import { apprunner001 } from "./apprunner-001.ts";
import { apprunner002 } from "./apprunner-002.ts";
import { batch001 } from "./batch-001.ts";
import { batch002 } from "./batch-002.ts";
import { batch003 } from "./batch-003.ts";
import { bedrock001 } from "./bedrock-001.ts";
import { bedrock002 } from "./bedrock-002.ts";
import { bedrock003 } from "./bedrock-003.ts";
import { bedrock004 } from "./bedrock-004.ts";
import { bedrock005 } from "./bedrock-005.ts";
import { bedrock006 } from "./bedrock-006.ts";
import { bedrock007 } from "./bedrock-007.ts";
import { braket001 } from "./braket-001.ts";
import { cloudformation001 } from "./cloudformation-001.ts";
import { cloudformation002 } from "./cloudformation-002.ts";
import { cloudformation003 } from "./cloudformation-003.ts";
import { cloudformation004 } from "./cloudformation-004.ts";
import { cloudformation005 } from "./cloudformation-005.ts";
import { codebuild001 } from "./codebuild-001.ts";
import { codebuild002 } from "./codebuild-002.ts";
import { codebuild003 } from "./codebuild-003.ts";
import { codebuild004 } from "./codebuild-004.ts";
import { codedeploy001 } from "./codedeploy-001.ts";
import { cognitoidentity001 } from "./cognitoidentity-001.ts";
import { datapipeline001 } from "./datapipeline-001.ts";
import { ec2001 } from "./ec2-001.ts";
import { ec2002 } from "./ec2-002.ts";
import { ec2003 } from "./ec2-003.ts";
import { ec2004 } from "./ec2-004.ts";
import { ec2instanceconnect003 } from "./ec2instanceconnect-003.ts";
import { ecs001 } from "./ecs-001.ts";
import { ecs002 } from "./ecs-002.ts";
import { ecs003 } from "./ecs-003.ts";
import { ecs004 } from "./ecs-004.ts";
import { ecs005 } from "./ecs-005.ts";
import { ecs006 } from "./ecs-006.ts";
import { ecs007 } from "./ecs-007.ts";
import { ecs008 } from "./ecs-008.ts";
import { ecs009 } from "./ecs-009.ts";
import { emr001 } from "./emr-001.ts";
import { emrserverless001 } from "./emrserverless-001.ts";
import { gamelift001 } from "./gamelift-001.ts";
import { glue001 } from "./glue-001.ts";
import { glue002 } from "./glue-002.ts";
import { glue003 } from "./glue-003.ts";
import { glue004 } from "./glue-004.ts";
import { glue005 } from "./glue-005.ts";
import { glue006 } from "./glue-006.ts";
import { glue007 } from "./glue-007.ts";
import { iam001 } from "./iam-001.ts";
import { iam002 } from "./iam-002.ts";
import { iam003 } from "./iam-003.ts";
import { iam004 } from "./iam-004.ts";
import { iam005 } from "./iam-005.ts";
import { iam006 } from "./iam-006.ts";
import { iam007 } from "./iam-007.ts";
import { iam008 } from "./iam-008.ts";
import { iam009 } from "./iam-009.ts";
import { iam010 } from "./iam-010.ts";
import { iam011 } from "./iam-011.ts";
import { iam012 } from "./iam-012.ts";
import { iam013 } from "./iam-013.ts";
import { iam014 } from "./iam-014.ts";
import { iam015 } from "./iam-015.ts";
import { iam016 } from "./iam-016.ts";
import { iam017 } from "./iam-017.ts";
import { iam018 } from "./iam-018.ts";
import { iam019 } from "./iam-019.ts";
import { iam020 } from "./iam-020.ts";
import { iam021 } from "./iam-021.ts";
import { iam022 } from "./iam-022.ts";
import { iam023 } from "./iam-023.ts";
import { iam024 } from "./iam-024.ts";
import { iam025 } from "./iam-025.ts";
import { iam026 } from "./iam-026.ts";
import { imagebuilder001 } from "./imagebuilder-001.ts";
import { kinesisanalytics001 } from "./kinesisanalytics-001.ts";
import { lambda001 } from "./lambda-001.ts";
import { lambda002 } from "./lambda-002.ts";
import { lambda003 } from "./lambda-003.ts";
import { lambda004 } from "./lambda-004.ts";
import { lambda005 } from "./lambda-005.ts";
import { lambda006 } from "./lambda-006.ts";
import { lwAutoscalingCreateGroup } from "./lw-autoscaling-create-group.ts";
import { lwAutoscalingUpdateGroup } from "./lw-autoscaling-update-group.ts";
import { lwCloudformationChangeSet } from "./lw-cloudformation-change-set.ts";
import { lwCodestarAssociateTeamMember } from "./lw-codestar-associate-team-member.ts";
import { lwCodestarCreateProject } from "./lw-codestar-create-project.ts";
import { lwCodestarCreateProjectFromTemplate } from "./lw-codestar-create-project-from-template.ts";
import { lwEc2AssociateInstanceProfile } from "./lw-ec2-associate-instance-profile.ts";
import { lwEc2ReplaceInstanceProfile } from "./lw-ec2-replace-instance-profile.ts";
import { lwGlueRunStatement } from "./lw-glue-run-statement.ts";
import { lwIamAddOidcClient } from "./lw-iam-add-oidc-client.ts";
import { lwIamCreateOidcProvider } from "./lw-iam-create-oidc-provider.ts";
import { lwIamCreateSamlProvider } from "./lw-iam-create-saml-provider.ts";
import { lwIamCreateServiceCredential } from "./lw-iam-create-service-credential.ts";
import { lwIamDeactivateMfaCreateLogin } from "./lw-iam-deactivate-mfa-create-login.ts";
import { lwIamDeactivateMfaUpdateLogin } from "./lw-iam-deactivate-mfa-update-login.ts";
import { lwIamDeleteRoleBoundary } from "./lw-iam-delete-role-boundary.ts";
import { lwIamDeleteRolePolicy } from "./lw-iam-delete-role-policy.ts";
import { lwIamDetachRolePolicy } from "./lw-iam-detach-role-policy.ts";
import { lwIamPutRoleBoundary } from "./lw-iam-put-role-boundary.ts";
import { lwIamPutRoleBoundaryAssume } from "./lw-iam-put-role-boundary-assume.ts";
import { lwIamReactivateAccessKey } from "./lw-iam-reactivate-access-key.ts";
import { lwIamSetDefaultPolicyVersion } from "./lw-iam-set-default-policy-version.ts";
import { lwIamUpdateOidcThumbprint } from "./lw-iam-update-oidc-thumbprint.ts";
import { lwIamUpdateSamlProvider } from "./lw-iam-update-saml-provider.ts";
import { lwIamUploadSshKey } from "./lw-iam-upload-ssh-key.ts";
import { lwLambdaUpdateFunctionConfiguration } from "./lw-lambda-update-function-configuration.ts";
import { omics001 } from "./omics-001.ts";
import { sagemaker001 } from "./sagemaker-001.ts";
import { sagemaker002 } from "./sagemaker-002.ts";
import { sagemaker003 } from "./sagemaker-003.ts";
import { sagemaker004 } from "./sagemaker-004.ts";
import { sagemaker005 } from "./sagemaker-005.ts";
import { scheduler001 } from "./scheduler-001.ts";
import { ssm001 } from "./ssm-001.ts";
import { ssm002 } from "./ssm-002.ts";
import { ssm003 } from "./ssm-003.ts";
import { sso001 } from "./sso-001.ts";
import { sso002 } from "./sso-002.ts";
import { sso003 } from "./sso-003.ts";
import { stepfunctions001 } from "./stepfunctions-001.ts";
import { stepfunctions002 } from "./stepfunctions-002.ts";
import { sts001 } from "./sts-001.ts";

/**
 * The one list of escalation methods, in order of id. Ids that start with `lw-` are ours; the others, with the permissions they
 * need, are those of pathfinding.cloud (Apache-2.0).
 */
export const ESCALATION_METHODS: readonly EscalationMethod[] = [
  apprunner001,
  apprunner002,
  batch001,
  batch002,
  batch003,
  bedrock001,
  bedrock002,
  bedrock003,
  bedrock004,
  bedrock005,
  bedrock006,
  bedrock007,
  braket001,
  cloudformation001,
  cloudformation002,
  cloudformation003,
  cloudformation004,
  cloudformation005,
  codebuild001,
  codebuild002,
  codebuild003,
  codebuild004,
  codedeploy001,
  cognitoidentity001,
  datapipeline001,
  ec2001,
  ec2002,
  ec2003,
  ec2004,
  ec2instanceconnect003,
  ecs001,
  ecs002,
  ecs003,
  ecs004,
  ecs005,
  ecs006,
  ecs007,
  ecs008,
  ecs009,
  emr001,
  emrserverless001,
  gamelift001,
  glue001,
  glue002,
  glue003,
  glue004,
  glue005,
  glue006,
  glue007,
  iam001,
  iam002,
  iam003,
  iam004,
  iam005,
  iam006,
  iam007,
  iam008,
  iam009,
  iam010,
  iam011,
  iam012,
  iam013,
  iam014,
  iam015,
  iam016,
  iam017,
  iam018,
  iam019,
  iam020,
  iam021,
  iam022,
  iam023,
  iam024,
  iam025,
  iam026,
  imagebuilder001,
  kinesisanalytics001,
  lambda001,
  lambda002,
  lambda003,
  lambda004,
  lambda005,
  lambda006,
  lwAutoscalingCreateGroup,
  lwAutoscalingUpdateGroup,
  lwCloudformationChangeSet,
  lwCodestarAssociateTeamMember,
  lwCodestarCreateProject,
  lwCodestarCreateProjectFromTemplate,
  lwEc2AssociateInstanceProfile,
  lwEc2ReplaceInstanceProfile,
  lwGlueRunStatement,
  lwIamAddOidcClient,
  lwIamCreateOidcProvider,
  lwIamCreateSamlProvider,
  lwIamCreateServiceCredential,
  lwIamDeactivateMfaCreateLogin,
  lwIamDeactivateMfaUpdateLogin,
  lwIamDeleteRoleBoundary,
  lwIamDeleteRolePolicy,
  lwIamDetachRolePolicy,
  lwIamPutRoleBoundary,
  lwIamPutRoleBoundaryAssume,
  lwIamReactivateAccessKey,
  lwIamSetDefaultPolicyVersion,
  lwIamUpdateOidcThumbprint,
  lwIamUpdateSamlProvider,
  lwIamUploadSshKey,
  lwLambdaUpdateFunctionConfiguration,
  omics001,
  sagemaker001,
  sagemaker002,
  sagemaker003,
  sagemaker004,
  sagemaker005,
  scheduler001,
  ssm001,
  ssm002,
  ssm003,
  sso001,
  sso002,
  sso003,
  stepfunctions001,
  stepfunctions002,
  sts001,
];
