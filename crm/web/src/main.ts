import "shared";
import { mount } from "svelte";
import App from "./App.svelte";
import { appearance } from "./app/appearance.svelte";
import { live } from "./app/live.svelte";
import { outbox } from "./app/outbox.svelte";

appearance.show();
live.start();
outbox.start();
mount(App, { target: document.body });
if ("serviceWorker" in navigator && isSecureContext) void navigator.serviceWorker.register("/sw.js");
