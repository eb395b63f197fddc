"use client";

export { PageFailure as default } from "#components/records/page-failure";
