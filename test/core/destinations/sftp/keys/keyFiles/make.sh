#!/usr/bin/env bash
# Makes the keys of this folder anew. Needs ssh-keygen, openssl 3 with its legacy provider, puttygen 0.75 or later, and node.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf works refused hosts fingerprints.txt
mkdir works refused hosts
secret=$(mktemp)
trap 'rm -f "$secret"' EXIT
printf 'open sésame' >"$secret"
old=(-provider legacy -provider default)

# Cheap to open, as the tests do so often; `defaults` is what PuTTYgen writes by itself.
putty3() {
  local name=$1 openssh=works/$1.openssh kdf
  puttygen "$openssh" -O private --ppk-param version=3 -C "made for $name" -o "works/$name.ppk3"
  for kdf in argon2id argon2i argon2d; do
    [ "$kdf" = argon2id ] || [ "$name" = ed25519 ] || continue
    puttygen "$openssh" -O private --ppk-param "version=3,kdf=$kdf,memory=256,passes=2,parallelism=2" -C "made for $name" -o "works/$name.ppk3.$kdf" --new-passphrase "$secret"
  done
}

# NAME: the private key in PEM is in works/NAME.pem; its other formats and its fingerprint follow.
convert() {
  local name=$1 pem=works/$1.pem openssh=works/$1.openssh
  cp "$pem" "$openssh"
  chmod 600 "$openssh"
  ssh-keygen -q -p -N '' -P '' -f "$openssh" >/dev/null
  local cipher
  for cipher in aes256-ctr aes256-gcm@openssh.com aes128-cbc; do
    cp "$openssh" "$openssh.$cipher"
    ssh-keygen -q -p -a 4 -Z "$cipher" -P '' -N 'open sésame' -f "$openssh.$cipher" >/dev/null
  done
  puttygen "$openssh" -O private --ppk-param version=2 -C "made for $name" -o "works/$name.ppk"
  puttygen "$openssh" -O private --ppk-param version=2 -C "made for $name" -o "works/$name.ppk.aes256-cbc" --new-passphrase "$secret"
  putty3 "$name"
  openssl pkcs8 -topk8 -nocrypt -in "$pem" -out "works/$name.pkcs8"
  openssl pkcs8 -topk8 -in "$pem" -passout "file:$secret" -out "works/$name.pkcs8.pbes2"
  rm "$pem"
  echo "$name $(ssh-keygen -lf "$openssh" | cut -d' ' -f2)" >>fingerprints.txt
}

openssl genrsa -traditional -out works/rsa.pem 2048 2>/dev/null
cp works/rsa.pem works/rsa.pkcs1
openssl rsa -in works/rsa.pem -traditional -aes128 -passout "file:$secret" -out works/rsa.pkcs1.aes128 2>/dev/null
openssl rsa -in works/rsa.pem -traditional -des3 -passout "file:$secret" -out works/rsa.pkcs1.des3 2>/dev/null
openssl rsa -in works/rsa.pem -traditional -des -passout "file:$secret" "${old[@]}" -out refused/encryption.pkcs1.des 2>/dev/null
openssl pkcs8 -topk8 -in works/rsa.pem -scrypt -passout "file:$secret" -out works/rsa.pkcs8.scrypt
openssl pkcs8 -topk8 -in works/rsa.pem -v1 PBE-SHA1-3DES -passout "file:$secret" -out works/rsa.pkcs8.pbe-sha1-3des
openssl pkcs8 -topk8 -in works/rsa.pem -v1 PBE-MD5-DES "${old[@]}" -passout "file:$secret" -out refused/encryption.pkcs8.pbe-md5-des
convert rsa

# `short`: a key whose number begins with a zero byte.
for curve in nistp256:prime256v1 nistp384:secp384r1 nistp521:secp521r1 short:prime256v1; do
  name=${curve%:*}
  until [ "$name" != short ] || [ -e works/short.pem ] && openssl ec -in works/short.pem -noout -text 2>/dev/null | grep -A1 priv: | grep -q ' 00:[0-7]'; do
    openssl ecparam -genkey -noout -name prime256v1 -out works/short.pem
  done
  [ "$name" = short ] || openssl ecparam -genkey -noout -name "${curve#*:}" -out "works/$name.pem"
  cp "works/$name.pem" "works/$name.sec1"
  openssl ec -in "works/$name.pem" -aes256 -passout "file:$secret" -out "works/$name.sec1.aes256" 2>/dev/null
  convert "$name"
done
openssl ecparam -genkey -name prime256v1 -out works/parameters.sec1
echo "parameters $(ssh-keygen -yf <(openssl ec -in works/parameters.sec1 2>/dev/null) | ssh-keygen -lf - | cut -d' ' -f2)" >>fingerprints.txt

# Neither openssl nor ssh-keygen converts Ed25519 between OpenSSH's format and PKCS#8, so these are two keys.
ssh-keygen -q -t ed25519 -N '' -C 'made for ed25519' -f works/ed25519.openssh
mv works/ed25519.openssh.pub refused/public.openssh
for cipher in aes256-ctr aes256-gcm@openssh.com 3des-cbc; do
  cp works/ed25519.openssh "works/ed25519.openssh.$cipher"
  ssh-keygen -q -p -a 4 -Z "$cipher" -P '' -N 'open sésame' -f "works/ed25519.openssh.$cipher" >/dev/null
done
puttygen works/ed25519.openssh -O private --ppk-param version=2 -o works/ed25519.ppk
puttygen works/ed25519.openssh -O private --ppk-param version=2 -o works/ed25519.ppk.aes256-cbc --new-passphrase "$secret"
putty3 ed25519
puttygen works/ed25519.openssh -O private -o works/ed25519.ppk3.defaults --new-passphrase "$secret"
echo "ed25519 $(ssh-keygen -lf works/ed25519.openssh | cut -d' ' -f2)" >>fingerprints.txt
openssl genpkey -algorithm ed25519 -out works/edwards.pkcs8
openssl pkcs8 -topk8 -in works/edwards.pkcs8 -passout "file:$secret" -out works/edwards.pkcs8.pbes2
blob=$({ printf '\0\0\0\13ssh-ed25519\0\0\0 ' && openssl pkey -in works/edwards.pkcs8 -pubout -outform DER | tail -c 32; } | base64 -w0)
echo "edwards $(echo "ssh-ed25519 $blob" | ssh-keygen -lf - | cut -d' ' -f2)" >>fingerprints.txt

# What cannot be used.
cp works/ed25519.openssh refused/encryption.openssh.chacha20
ssh-keygen -q -p -a 4 -Z chacha20-poly1305@openssh.com -P '' -N 'open sésame' -f refused/encryption.openssh.chacha20 >/dev/null
sed 's/^PuTTY-User-Key-File-3/PuTTY-User-Key-File-4/' works/ed25519.ppk3 >refused/version.ppk
for work in 'Memory: 4194304' 'Passes: 1000000'; do
  sed "s/^Argon2-${work%:*}: .*/Argon2-$work/" works/ed25519.ppk3.defaults >"refused/argon2.${work%:*}"
done
puttygen works/rsa.openssh -O private-sshcom -o refused/sshcom.sshcom
puttygen works/rsa.openssh -O public -o refused/public.rfc4716
openssl pkey -in works/rsa.pkcs8 -pubout -out refused/public.spki
openssl rsa -in works/rsa.pkcs8 -RSAPublicKey_out -out refused/public.pkcs1 2>/dev/null
cp works/rsa.openssh ca && cp refused/public.openssh user.pub
ssh-keygen -q -s ca -I id -n user user.pub
mv user-cert.pub refused/public.certificate
rm -f ca ca.pub user.pub
openssl req -x509 -key works/rsa.pkcs8 -subj /CN=test -out refused/public.x509
openssl dsaparam -genkey 1024 2>/dev/null | sed -n '/BEGIN DSA PRIVATE/,$p;/BEGIN PRIVATE/,$p' >refused/dsa.pem
ssh-keygen -q -t dsa -N '' -f refused/dsa.openssh && rm refused/dsa.openssh.pub
puttygen refused/dsa.openssh -O private --ppk-param version=2 -o refused/dsa.ppk
openssl genpkey -algorithm ed448 -out refused/kind.ed448
openssl genpkey -algorithm x25519 -out refused/kind.x25519
openssl genpkey -algorithm rsa-pss -pkeyopt rsa_keygen_bits:1024 -out refused/kind.rsa-pss 2>/dev/null
openssl ecparam -genkey -noout -name secp256k1 -out refused/kind.secp256k1
puttygen -q -t ed448 -O private --ppk-param version=2 -o refused/kind.ppk --new-passphrase /dev/null

# The same five host keys in each way in which they may be pinned.
for name in ed25519 nistp256 nistp384 nistp521 rsa; do
  echo "$(ssh-keygen -yf works/$name.openssh | cut -d' ' -f1,2) root@sftp.example.com"
done >hosts/public
sed 's/^/sftp.example.com,192.0.2.7 /' hosts/public >hosts/known_hosts
sed 's/^/[sftp.example.com]:2222 /' hosts/public >hosts/known_hosts.port
cut -d' ' -f1-3 hosts/known_hosts | sed 's/,192.0.2.7//' >hosts/known_hosts.hashed
ssh-keygen -q -H -f hosts/known_hosts.hashed >/dev/null 2>&1 && rm hosts/known_hosts.hashed.old
ssh-keygen -lf hosts/public >hosts/fingerprints
ssh-keygen -E md5 -lf hosts/public >hosts/md5
chmod 644 works/* refused/* hosts/*
