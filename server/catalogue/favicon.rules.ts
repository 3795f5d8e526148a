/** The chamber in sixteen pixels: three rows of seats before a stage. */
export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>path{stroke:#0b5c63}circle{fill:#0b5c63}@media(prefers-color-scheme:dark){path{stroke:#7cc4c9}circle{fill:#7cc4c9}}</style><g fill="none" stroke-width="3.4" stroke-linecap="round"><path d="M4 24a12 12 0 0 1 24 0"/><path d="M10 24a6 6 0 0 1 12 0"/></g><circle cx="16" cy="24" r="2.4"/></svg>
`;
