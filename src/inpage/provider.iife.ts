import { hasOrigin } from '../messaging/windowChannel';
import { announce } from './announce';
import { createProvider } from './provider';

if (hasOrigin(window)) announce(createProvider(window), window);
