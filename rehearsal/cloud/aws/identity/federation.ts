import type { Model } from "../../models/model.ts";
import { list, text } from "../../rules/text.ts";
import { globalArn, text as textOf } from "../names.ts";

/** Identity providers (IAM API reference, CreateOpenIDConnectProvider). An account has one for each issuer. */
export const federationModels: Model[] = [
  {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    guarded: "foundation",
    deleteBeforeReplace: true,
    rules: {
      url: text({ min: 9, max: 255, pattern: /^https:\/\/[\w.-]+(\/\S*)?$/, allowed: "a URL that begins with https://" }),
      clientIdLists: list({ min: 1, max: 100 }, text({ min: 1, max: 255 })),
      thumbprintLists: list({ max: 5 }, text({ min: 40, max: 40, pattern: /^[0-9a-f]+$/i, allowed: "40 hexadecimal digits" })),
    },
    id: (making) => globalArn(making.place, "iam", `oidc-provider/${textOf(making.inputs, "url").replace(/^https:\/\//, "")}`),
    // AWS fills in the thumbprint of the issuer's certificate; it does not use it for issuers that it knows, as GitHub.
    outputs: (made) => ({ arn: made.id, thumbprintLists: made.inputs.thumbprintLists ?? [made.hex("thumbprint", 40)] }),
  },
];
