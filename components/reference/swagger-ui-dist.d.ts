/** The parts of Swagger UI that we use: it comes without types. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  import type { ComponentType, createElement } from "react";

  type Request = { url: string; headers: Record<string, string> };

  /** Swagger UI brings a React of its own; parts for it are made with that one. */
  export type System = { React: { createElement: typeof createElement } };
  // biome-ignore lint/suspicious/noExplicitAny: each part has props of its own
  export type Part = ComponentType<any>;
  export type GetComponent = (name: string, connected?: boolean) => Part;
  export type Plugin = (system: System) => { components: Record<string, Part> };

  type Options = {
    domNode: HTMLElement;
    spec: object;
    layout: string;
    plugins: Plugin[];
    requestInterceptor: (request: Request) => Request;
    [option: string]: unknown;
  };

  export default function SwaggerUIBundle(options: Options): unknown;
}
