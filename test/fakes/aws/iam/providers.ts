import type {
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse,
  CreateSAMLProviderRequest,
  CreateSAMLProviderResponse,
  GetOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderResponse,
  GetSAMLProviderRequest,
  GetSAMLProviderResponse,
  ListOpenIDConnectProvidersResponse,
  ListSAMLProvidersResponse,
  ListServerCertificatesRequest,
  ListServerCertificatesResponse,
} from "@aws-sdk/client-iam";
import { noSuchEntity } from "../aws-fault.ts";
import { page, type HandlerMap, type IamCall } from "./call.ts";

/** OIDC and SAML providers and server certificates. */
export const providerHandlers = {
  ListOpenIDConnectProviders(_input: object, call: IamCall): ListOpenIDConnectProvidersResponse {
    return { OpenIDConnectProviderList: [...call.tenant.oidc.keys()].map((Arn) => ({ Arn })) };
  },

  GetOpenIDConnectProvider(input: GetOpenIDConnectProviderRequest, call: IamCall): GetOpenIDConnectProviderResponse {
    const provider = call.tenant.oidc.get(input.OpenIDConnectProviderArn ?? "");
    if (provider === undefined) throw noSuchEntity("OpenIDConnect Provider", input.OpenIDConnectProviderArn ?? "");
    return provider;
  },

  CreateOpenIDConnectProvider(
    input: CreateOpenIDConnectProviderRequest,
    call: IamCall,
  ): CreateOpenIDConnectProviderResponse {
    const url = (input.Url ?? "").replace(/^https:\/\//, "");
    const arn = `arn:aws:iam::${call.tenant.id}:oidc-provider/${url}`;
    call.tenant.oidc.set(arn, {
      Url: url,
      ClientIDList: [...(input.ClientIDList ?? [])],
      ThumbprintList: [...(input.ThumbprintList ?? [])],
      CreateDate: call.now,
    });
    return { OpenIDConnectProviderArn: arn };
  },

  ListSAMLProviders(_input: object, call: IamCall): ListSAMLProvidersResponse {
    const list = [...call.tenant.saml].map(([Arn, { CreateDate, ValidUntil }]) => ({ Arn, CreateDate, ValidUntil }));
    return { SAMLProviderList: list };
  },

  GetSAMLProvider(input: GetSAMLProviderRequest, call: IamCall): GetSAMLProviderResponse {
    const provider = call.tenant.saml.get(input.SAMLProviderArn ?? "");
    if (provider === undefined) throw noSuchEntity("SAML Provider", input.SAMLProviderArn ?? "");
    return provider;
  },

  CreateSAMLProvider(input: CreateSAMLProviderRequest, call: IamCall): CreateSAMLProviderResponse {
    const arn = `arn:aws:iam::${call.tenant.id}:saml-provider/${input.Name ?? ""}`;
    const validUntil = new Date(call.now.getTime() + 10 * 365 * 86_400_000);
    call.tenant.saml.set(arn, {
      SAMLMetadataDocument: input.SAMLMetadataDocument ?? "",
      CreateDate: call.now,
      ValidUntil: validUntil,
    });
    return { SAMLProviderArn: arn };
  },

  ListServerCertificates(input: ListServerCertificatesRequest, call: IamCall): ListServerCertificatesResponse {
    const { items, ...rest } = page(call.tenant.serverCertificates, input, call);
    return { ServerCertificateMetadataList: items, ...rest };
  },
} satisfies HandlerMap;
