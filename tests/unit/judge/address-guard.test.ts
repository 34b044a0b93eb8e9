import { describe, expect, test } from 'vitest';
import { guardTarget, isPublicAddress, type Resolve } from '#lib/judge/address-guard.ts';

const resolveTo =
  (...addresses: string[]): Resolve =>
  () =>
    Promise.resolve(
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
const outside = resolveTo('93.184.215.14');

describe('addresses', () => {
  test.each([
    ['127.0.0.1'],
    ['127.9.9.9'],
    ['10.0.0.1'],
    ['172.16.0.1'],
    ['172.31.255.255'],
    ['192.168.1.1'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['198.18.0.1'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['::1'],
    ['::'],
    ['fc00::1'],
    ['fd12:3456::1'],
    ['fe80::1'],
    ['ff02::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:8.8.8.8'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['2001:0:1::1'],
    ['2001:db8::1'],
    ['not an address'],
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([['8.8.8.8'], ['172.32.0.1'], ['100.128.0.1'], ['2606:4700::1111']])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('targets', () => {
  test.each([
    ['http://127.0.0.1/v1'],
    ['http://[::1]/v1'],
    ['http://[::ffff:127.0.0.1]/v1'],
    ['http://2130706433/v1'],
    ['http://0x7f.0.0.1/v1'],
    ['http://0177.0.0.1/v1'],
    ['http://127.1/v1'],
    ['http://①②⑦.0.0.1/v1'],
    ['http://127.0.0.1.:80/v1'],
    ['http://judge.example.:80/v1'],
    ['http://user:word@judge.example/v1'],
    ['http://judge.example:8080/v1'],
    ['http://judge.example:22/v1'],
    ['ftp://judge.example/v1'],
    ['file:///etc/passwd'],
    ['http:judge.example'],
    ['no address'],
  ])('%s is refused', async (url) => {
    await expect(guardTarget(url, [], outside)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a name is refused for any of its addresses, and pinned to the one that was checked', async () => {
    const url = 'https://judge.example/v1';
    await expect(guardTarget(url, [], resolveTo('10.1.2.3'))).rejects.toThrow('10.1.2.3');
    await expect(guardTarget(url, [], resolveTo('8.8.8.8', '127.0.0.1'))).rejects.toThrow(
      '127.0.0.1',
    );
    await expect(guardTarget(url, [], resolveTo())).rejects.toThrow('no address');
    const { pinned } = await guardTarget(url, [], resolveTo('8.8.8.8', '8.8.4.4'));
    expect(pinned).toEqual({ address: '8.8.8.8', family: 4 });
  });

  test('only the very origin of the allowlist may be private', async () => {
    const allowed = ['http://127.0.0.1:8000'];
    await expect(guardTarget('http://127.0.0.1:8000/v1', allowed)).resolves.toMatchObject({
      pinned: { address: '127.0.0.1' },
    });
    for (const url of ['http://127.0.0.1:8001/', 'http://127.0.0.1/', 'https://127.0.0.1:8000/']) {
      await expect(guardTarget(url, allowed)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});
